# The random values. A generation is a number that is raised to have a new one: in Git, with who asked for it and when.
# Letters and digits alone need no escaping, wherever they end up.

resource "random_password" "database" {
  length  = 48
  special = false
  keepers = { generation = var.database_generation }
}

resource "random_password" "redis" {
  length  = 64
  special = false
  keepers = { generation = var.redis_generation }
}

# Another one whenever it is switched off and on again.
resource "random_password" "load_test" {
  count = var.load_test_bypass ? 1 : 0

  length  = 64
  special = false
}

# This generation and the one before it, of which one signs and the other is good: raising the number makes a new secret, signs
# nobody out, and forgets the one before the last.
resource "random_password" "jwt" {
  for_each = toset([for number in range(max(1, local.jwt_before), var.jwt_generation + 1) : tostring(number)])

  length  = 64
  special = false
  keepers = { generation = each.key }
}

locals {
  jwt_before  = var.jwt_generation - 1
  jwt_signing = var.jwt_strategy == "SIGN" ? var.jwt_generation : local.jwt_before
  jwt_other   = var.jwt_strategy == "SIGN" ? local.jwt_before : var.jwt_generation
}
