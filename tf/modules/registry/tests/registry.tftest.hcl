mock_provider "aws" {}

variables {
  kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/mock"
}

run "one_repository_whose_tags_stay_what_they_are" {
  assert {
    condition     = toset(keys(aws_ecr_repository.this)) == toset(["bottega"])
    error_message = "There is one repository, for the one image."
  }
  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : repository.image_tag_mutability == "IMMUTABLE"])
    error_message = "A tag may not be moved to another image."
  }
  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : repository.image_scanning_configuration[0].scan_on_push])
    error_message = "Images are scanned when they are pushed."
  }
  assert {
    condition = alltrue([
      for repository in aws_ecr_repository.this :
      repository.encryption_configuration[0].encryption_type == "KMS" && repository.encryption_configuration[0].kms_key == var.kms_key_arn
    ])
    error_message = "Images are encrypted with the key that was given."
  }
  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : repository.force_delete != true])
    error_message = "A repository that holds images is not deleted with them."
  }
}

run "what_is_deployed_outlives_the_commits_after_it" {
  assert {
    condition = [
      for rule in jsondecode(aws_ecr_lifecycle_policy.this["bottega"].policy).rules : rule.selection.countNumber
      if rule.selection.tagStatus == "tagged" && rule.selection.countType == "imageCountMoreThan"
    ] == [100]
    error_message = "The images of the last hundred commits are kept."
  }
  assert {
    condition = anytrue([
      for rule in jsondecode(aws_ecr_lifecycle_policy.this["bottega"].policy).rules :
      rule.selection.tagStatus == "untagged" && rule.selection.countType == "sinceImagePushed"
    ])
    error_message = "Images without a tag expire."
  }
}

run "a_handful_of_images_is_refused" {
  command = plan
  variables {
    kept_images = 10
  }
  expect_failures = [var.kept_images]
}
