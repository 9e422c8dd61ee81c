# What matters of the secrets: encrypted, long, kept for a while when deleted, and changed without signing anybody out.

mock_provider "aws" {}

# Every password of the test is its own, so that a mixed-up one is seen.
mock_provider "random" {
  override_resource {
    target = random_password.database
    values = { result = "database-password" }
  }
  override_resource {
    target = random_password.redis
    values = { result = "redis-token" }
  }
  override_resource {
    target = random_password.load_test
    values = { result = "load-test-token" }
  }
  override_resource {
    target = random_password.jwt["1"]
    values = { result = "jwt-one" }
  }
  override_resource {
    target = random_password.jwt["2"]
    values = { result = "jwt-two" }
  }
  override_resource {
    target = random_password.jwt["3"]
    values = { result = "jwt-three" }
  }
}

variables {
  prefix      = "bottega-demo"
  kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/1"
  database    = { host = "db.example", port = 5432, name = "bottega", username = "bottega_app" }
  redis       = { host = "redis.example", port = 6379 }
}

run "encrypted_and_named_as_the_cluster_asks_for_them" {
  assert {
    condition     = toset(values(output.names)) == toset(["bottega-demo/database", "bottega-demo/redis", "bottega-demo/jwt"])
    error_message = "External Secrets asks for other names."
  }
  assert {
    condition     = alltrue([for secret in aws_secretsmanager_secret.this : secret.kms_key_id == var.kms_key_arn])
    error_message = "A secret is not encrypted with the platform's key."
  }
  assert {
    condition     = alltrue([for secret in aws_secretsmanager_secret.this : secret.recovery_window_in_days >= 7])
    error_message = "A deleted secret cannot be brought back."
  }
}

run "long_enough_and_free_of_what_needs_escaping" {
  assert {
    condition = alltrue([for password in concat([random_password.database, random_password.redis], values(random_password.jwt)) :
    password.length >= 48 && !password.special])
    error_message = "A password is short, or has characters that need escaping in a URL."
  }
}

run "each_secret_holds_its_own" {
  assert {
    condition = nonsensitive(jsondecode(aws_secretsmanager_secret_version.this["database"].secret_string)) == {
      username = "bottega_app", password = "database-password", host = "db.example", port = 5432, dbname = "bottega"
    }
    error_message = "The database's secret is not what the chart composes the URL of."
  }
  assert {
    condition = nonsensitive(jsondecode(aws_secretsmanager_secret_version.this["redis"].secret_string)) == {
      auth_token = "redis-token", host = "redis.example", port = 6379
    }
    error_message = "Redis' secret is not what the chart reads."
  }
  assert {
    condition     = nonsensitive(output.redis_auth_token) == "redis-token"
    error_message = "ElastiCache is given another token than the application."
  }
  assert {
    condition     = nonsensitive(jsondecode(aws_secretsmanager_secret_version.this["jwt"].secret_string)) == { secret = "jwt-one", previous = "" }
    error_message = "The first generation has nothing before it."
  }
}

run "a_mail_server_and_load_tests_are_wanted" {
  variables {
    smtp_url         = "smtps://shop:hush@mail.example:465"
    load_test_bypass = true
  }
  assert {
    condition     = output.names["mail"] == "bottega-demo/mail" && output.names["load-test"] == "bottega-demo/load-test"
    error_message = "External Secrets asks for other names."
  }
  assert {
    condition     = nonsensitive(jsondecode(aws_secretsmanager_secret_version.this["mail"].secret_string)).url == "smtps://shop:hush@mail.example:465"
    error_message = "The mail server's secret is not what the chart reads."
  }
  assert {
    condition     = nonsensitive(jsondecode(aws_secretsmanager_secret_version.this["load-test"].secret_string)).token == "load-test-token"
    error_message = "The load test's secret is not what the chart reads."
  }
  assert {
    condition     = random_password.load_test[0].length >= 32
    error_message = "The shop refuses a token this short."
  }
  assert {
    condition     = alltrue([for name in ["mail", "load-test"] : aws_secretsmanager_secret.this[name].recovery_window_in_days == 0])
    error_message = "Once given up, it could not be made again for days: a deleted secret keeps its name."
  }
  assert {
    condition     = alltrue([for name in ["database", "redis", "jwt"] : aws_secretsmanager_secret.this[name].recovery_window_in_days == 30])
    error_message = "A secret the shop cannot do without is deleted at once."
  }
  assert {
    condition     = alltrue([for name in ["mail", "load-test"] : aws_secretsmanager_secret.this[name].kms_key_id == var.kms_key_arn])
    error_message = "A secret is not encrypted with the platform's key."
  }
}

run "a_mail_server_may_begin_in_the_open_if_it_must_not_go_on_so" {
  variables {
    smtp_url = "smtp://shop:hush@mail.example:587?tls=required"
  }
  assert {
    condition     = toset(keys(output.names)) == toset(["database", "redis", "jwt", "mail"])
    error_message = "A mail server brings other secrets than its own."
  }
}

run "mails_do_not_travel_in_the_open" {
  command = plan
  variables {
    smtp_url = "smtp://shop:hush@mail.example:587"
  }
  expect_failures = [var.smtp_url]
}

run "the_next_generation_is_known_before_it_signs" {
  variables {
    jwt_generation = 2
    jwt_strategy   = "ANNOUNCE"
  }
  assert {
    condition     = nonsensitive(jsondecode(aws_secretsmanager_secret_version.this["jwt"].secret_string)) == { secret = "jwt-one", previous = "jwt-two" }
    error_message = "Pods that read the new secret late would refuse what others have signed with it."
  }
}

run "the_next_generation_keeps_the_one_before" {
  variables {
    jwt_generation = 2
  }
  assert {
    condition     = nonsensitive(jsondecode(aws_secretsmanager_secret_version.this["jwt"].secret_string)) == { secret = "jwt-two", previous = "jwt-one" }
    error_message = "A change of the secret would sign everybody out."
  }
}

run "and_forgets_the_one_before_that" {
  variables {
    jwt_generation = 3
  }
  assert {
    condition     = nonsensitive(jsondecode(aws_secretsmanager_secret_version.this["jwt"].secret_string)) == { secret = "jwt-three", previous = "jwt-two" }
    error_message = "The previous secret is not the last one."
  }
  assert {
    condition     = !contains(keys(random_password.jwt), "1")
    error_message = "An old secret is kept for ever."
  }
}

run "the_first_generation_has_nobody_to_announce_it" {
  command = plan
  variables {
    jwt_strategy = "ANNOUNCE"
  }
  expect_failures = [var.jwt_strategy]
}

run "the_owner_of_the_tables_is_not_for_the_application" {
  command = plan
  variables {
    database = { host = "db.example", port = 5432, name = "bottega", username = "bottega_admin" }
  }
  expect_failures = [var.database]
}

run "a_secret_is_not_deleted_at_once" {
  command = plan
  variables {
    recovery_window_days = 0
  }
  expect_failures = [var.recovery_window_days]
}
