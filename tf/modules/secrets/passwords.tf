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

# This generation and the one before it: raising the number makes the current secret the previous one, so that nobody is
# signed out, and forgets the one before that.
resource "random_password" "jwt" {
  for_each = toset([for number in range(max(1, var.jwt_generation - 1), var.jwt_generation + 1) : tostring(number)])

  length  = 64
  special = false
  keepers = { generation = each.key }
}
