class Post < ApplicationRecord
  validates :title, :body, presence: true

  scope :latest, -> { order(created_at: :desc, id: :desc) }
end
