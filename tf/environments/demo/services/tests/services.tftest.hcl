# What matters of the parts together: each is given what the platform made, and the pods may do one thing.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "111122223333" }
  }
  mock_data "aws_region" {
    defaults = { region = "us-east-1" }
  }
  mock_resource "aws_db_instance" {
    defaults = {
      identifier         = "bottega-demo"
      address            = "database.example"
      master_user_secret = [{ secret_arn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!db-1" }]
    }
  }
  mock_resource "aws_elasticache_replication_group" {
    defaults = { primary_endpoint_address = "redis.example" }
  }
  mock_resource "aws_cloudfront_distribution" {
    defaults = {
      id          = "SHOP"
      arn         = "arn:aws:cloudfront::111122223333:distribution/SHOP"
      domain_name = "shop.cloudfront.example"
    }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/mock" }
  }
}

# A token as ElastiCache takes it.
mock_provider "random" {
  mock_resource "random_password" {
    defaults = { result = "0123456789abcdef0123456789abcdef" }
  }
}

override_data {
  target = data.terraform_remote_state.platform
  values = {
    outputs = {
      project                    = "bottega"
      environment                = "demo"
      vpc_id                     = "vpc-1"
      edge_subnet_ids            = ["subnet-a", "subnet-b"]
      database_subnet_group_name = "bottega-demo-database"
      cache_subnet_group_name    = "bottega-demo-cache"
      cluster_name               = "bottega-demo"
      cluster_arn                = "arn:aws:eks:us-east-1:111122223333:cluster/bottega-demo"
      node_security_group_id     = "sg-nodes"
      kms_key_arn                = "arn:aws:kms:us-east-1:111122223333:key/1"
    }
  }
}

variables {
  state_bucket = "bottega-terraform-state-111122223333"
}

run "the_demo" {
  assert {
    condition     = output.url == "https://shop.cloudfront.example" && output.distribution_id == "SHOP"
    error_message = "Without a domain the shop is not at CloudFront's own name."
  }
  assert {
    condition     = output.storefront_bucket == "bottega-demo-storefront-111122223333"
    error_message = "The storefront goes into another bucket."
  }
  assert {
    condition     = output.database_address == "database.example" && output.redis_host == "redis.example"
    error_message = "The application is told of other hosts."
  }
  assert {
    condition     = toset(keys(output.secret_arns)) == toset(["database", "redis", "jwt"])
    error_message = "External Secrets finds other secrets than the three."
  }
  assert {
    condition     = output.secret_names == { database = "bottega-demo/database", redis = "bottega-demo/redis", jwt = "bottega-demo/jwt" }
    error_message = "The values of the chart ask for other names."
  }
  assert {
    condition     = startswith(output.database_master_secret_arn, "arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!")
    error_message = "The owner's secret is not the one RDS manages."
  }
  assert {
    condition     = data.terraform_remote_state.platform.config.key == "demo/platform.tfstate"
    error_message = "The platform's state is elsewhere."
  }
}

run "mails_and_load_tests_if_wanted" {
  variables {
    smtp_url         = "smtps://shop:hush@mail.example:465"
    load_test_bypass = true
  }
  assert {
    condition     = toset(keys(output.secret_names)) == toset(["database", "redis", "jwt", "mail", "load-test"])
    error_message = "The module of secrets is not told of the mail server, or of load tests."
  }
}

run "the_pods_may_do_one_thing" {
  assert {
    condition     = output.application_role_arn == "arn:aws:iam::111122223333:role/mock"
    error_message = "The pods have no role."
  }
  assert {
    condition = jsondecode(local.application_policy).Statement == [{
      Sid      = "ForgetWhatHasChanged"
      Effect   = "Allow"
      Action   = ["cloudfront:CreateInvalidation"]
      Resource = ["arn:aws:cloudfront::111122223333:distribution/SHOP"]
    }]
    error_message = "The pods may do more than invalidate this one distribution."
  }
}

run "somebody_is_told" {
  assert {
    condition     = length(output.alarm_names) >= 8
    error_message = "There are fewer than eight alarms."
  }
  assert {
    condition     = output.recovery_targets.rto_minutes == 30 && output.recovery_targets.rpo_minutes == 5
    error_message = "The targets of a restore have changed."
  }
}

run "a_certificate_for_the_load_balancer_needs_the_name_it_is_for" {
  command = plan
  variables {
    domain = { origin_certificate_arn = "arn:aws:acm:us-east-1:111122223333:certificate/1" }
  }
  expect_failures = [var.domain]
}

run "a_token_is_never_taken_away" {
  command = plan
  variables {
    redis_token_strategy = "DELETE"
  }
  expect_failures = [var.redis_token_strategy]
}

run "a_secret_is_announced_or_signs" {
  command = plan
  variables {
    jwt_strategy = "FORGET"
  }
  expect_failures = [var.jwt_strategy]
}
