# What the application must know and nobody else: the password of its database role, Redis' token, and what access tokens
# are signed with; and, if wanted, where mails are handed over, and what lets load tests pass. External Secrets brings them into
# the cluster as files.
#
# The values are in Terraform's state. Write-only arguments would keep the passwords out of it, but not Redis' token, which
# ElastiCache's resource has to be given as an ordinary argument; so the state is what is guarded: its bucket is private,
# encrypted by KMS, versioned, and open to the deployment's role alone.

resource "aws_secretsmanager_secret" "this" {
  for_each = local.contents

  name        = "${var.prefix}/${each.key}"
  description = each.value.description
  kms_key_id  = var.kms_key_arn
  # What may come and go is deleted at once, or it could not come back for days: until then its name stays taken.
  recovery_window_in_days = contains(keys(local.wanted), each.key) ? 0 : var.recovery_window_days
}

resource "aws_secretsmanager_secret_version" "this" {
  for_each = local.contents

  secret_id     = aws_secretsmanager_secret.this[each.key].id
  secret_string = jsonencode(each.value.value)
}

locals {
  # Whether there is a mail server is no secret, only which.
  wanted   = { mail = nonsensitive(var.smtp_url != ""), load-test = var.load_test_bypass }
  contents = { for name, secret in local.known : name => secret if lookup(local.wanted, name, true) }

  known = {
    database = {
      description = "The application's role on PostgreSQL: it reads and writes, and changes no table"
      value = {
        username = var.database.username
        password = random_password.database.result
        host     = var.database.host
        port     = var.database.port
        dbname   = var.database.name
      }
    }
    redis = {
      description = "The token every connection to Redis shows"
      value = {
        auth_token = random_password.redis.result
        host       = var.redis.host
        port       = var.redis.port
      }
    }
    jwt = {
      description = "What access tokens are signed with, and what else they may be signed with: the secret before, or the next"
      value = {
        secret   = random_password.jwt[tostring(local.jwt_signing)].result
        previous = try(random_password.jwt[tostring(local.jwt_other)].result, "")
      }
    }
    mail = {
      description = "The mail server, with the login to it"
      value = {
        url = var.smtp_url
      }
    }
    load-test = {
      description = "The token that requests of load tests show"
      value = {
        token = one(random_password.load_test[*].result)
      }
    }
  }
}
