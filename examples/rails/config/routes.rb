Rails.application.routes.draw do
  resources :posts

  # Returns 200 if the app boots with no exceptions, otherwise 500.
  get "up" => "rails/health#show", as: :rails_health_check

  root "posts#index"
end
