# The image repositories. This is the only place that declares any: two declarations of one name cannot both be applied.

resource "aws_ecr_repository" "this" {
  for_each = var.repositories
  name     = each.key
  # A tag is the commit an image was built from: it must mean the same image for ever.
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = var.kms_key_arn
  }
}

resource "aws_ecr_lifecycle_policy" "this" {
  for_each   = aws_ecr_repository.this
  repository = each.value.name

  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "Layers of pushes that were never finished, or never named"
        selection = {
          tagStatus   = "untagged"
          countType   = "sinceImagePushed"
          countUnit   = "days"
          countNumber = var.untagged_days
        }
        action = { type = "expire" }
      },
      {
        rulePriority = 2
        description  = "Images of commits that are neither deployed nor rolled back to any more"
        selection = {
          tagStatus = "tagged"
          # wildcard: the rule counts images of every tag, for every tag is a commit; it grants nothing
          tagPatternList = ["*"]
          countType      = "imageCountMoreThan"
          countNumber    = var.kept_images
        }
        action = { type = "expire" }
      },
    ]
  })
}
