[
  [ "Hello from the container", "This page is rendered by Rails in a container; the post comes from PostgreSQL in another." ],
  [ "Edit me", "Change app/views/posts/index.html.erb with any editor and load this page again." ],
  [ "Generate something", "Run bin/rails generate scaffold Note title:string in the container, then look at git status." ]
].each do |title, body|
  Post.find_or_create_by!(title:) { |post| post.body = body }
end
