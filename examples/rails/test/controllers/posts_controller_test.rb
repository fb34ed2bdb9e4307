require "test_helper"

class PostsControllerTest < ActionDispatch::IntegrationTest
  test "the root page lists the posts" do
    get root_url

    assert_response :success
    assert_select "article h2", count: 2
  end

  test "creates a post" do
    assert_difference("Post.count") do
      post posts_url, params: { post: { title: "Third", body: "The third post." } }
    end

    assert_redirected_to post_url(Post.last)
  end

  test "shows what is wrong with a post" do
    assert_no_difference("Post.count") do
      post posts_url, params: { post: { title: "", body: "No title." } }
    end

    assert_response :unprocessable_entity
    assert_select ".errors li", "Title can't be blank"
  end

  test "updates a post" do
    patch post_url(posts(:first)), params: { post: { title: "Changed" } }

    assert_redirected_to post_url(posts(:first))
    assert_equal "Changed", posts(:first).reload.title
  end

  test "destroys a post" do
    assert_difference("Post.count", -1) do
      delete post_url(posts(:first))
    end

    assert_redirected_to posts_url
  end
end
