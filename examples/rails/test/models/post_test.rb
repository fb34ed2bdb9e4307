require "test_helper"

class PostTest < ActiveSupport::TestCase
  test "needs a title and a body" do
    post = Post.new

    assert_not post.valid?
    assert_equal %i[ title body ], post.errors.attribute_names
  end

  test "latest comes first" do
    assert_equal [ posts(:second), posts(:first) ], Post.latest
  end
end
