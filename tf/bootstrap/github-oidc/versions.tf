terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.25"
    }
  }

  # Bucket and region are given to `terraform init` with -backend-config. The bucket encrypts: `encrypt` here would ask for
  # S3's own key instead of the bucket's, and be refused.
  backend "s3" {
    key          = "bootstrap/github-oidc.tfstate"
    use_lockfile = true
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = {
      Project     = var.project
      Environment = var.environment
      ManagedBy   = "terraform"
      Layer       = "bootstrap-github-oidc"
    }
  }
}
