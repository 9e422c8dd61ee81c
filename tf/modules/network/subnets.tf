# Ranges are numbered 0–2 public, 4–6 private, 8–10 database, 12–14 edge, so that a third zone moves none of the others.

resource "aws_subnet" "public" {
  for_each          = local.zones
  vpc_id            = aws_vpc.this.id
  availability_zone = each.key
  cidr_block        = cidrsubnet(var.vpc_cidr, 4, each.value)
  # Load balancers and NAT gateways bring their own addresses: nothing else here shall have a public one.
  map_public_ip_on_launch = false

  tags = {
    Name                                        = "${var.prefix}-public-${each.key}"
    Tier                                        = "public"
    "kubernetes.io/role/elb"                    = "1"
    "kubernetes.io/cluster/${var.cluster_name}" = "shared"
  }
}

resource "aws_subnet" "private" {
  for_each          = local.zones
  vpc_id            = aws_vpc.this.id
  availability_zone = each.key
  cidr_block        = cidrsubnet(var.vpc_cidr, 4, 4 + each.value)

  tags = {
    Name                                        = "${var.prefix}-private-${each.key}"
    Tier                                        = "private"
    "kubernetes.io/role/internal-elb"           = "1"
    "kubernetes.io/cluster/${var.cluster_name}" = "shared"
  }
}

resource "aws_subnet" "database" {
  for_each          = local.zones
  vpc_id            = aws_vpc.this.id
  availability_zone = each.key
  cidr_block        = cidrsubnet(var.vpc_cidr, 4, 8 + each.value)

  tags = {
    Name = "${var.prefix}-database-${each.key}"
    Tier = "database"
  }
}

# Where the API's load balancer is, and nothing else: pods let these ranges in, and in the private subnets any pod would be
# let in with them.
resource "aws_subnet" "edge" {
  for_each          = local.zones
  vpc_id            = aws_vpc.this.id
  availability_zone = each.key
  cidr_block        = cidrsubnet(var.vpc_cidr, 4, 12 + each.value)

  tags = {
    Name = "${var.prefix}-edge-${each.key}"
    Tier = "edge"
  }
}

resource "aws_db_subnet_group" "this" {
  name        = "${var.prefix}-database"
  description = "Where the databases of ${var.prefix} live"
  subnet_ids  = values(aws_subnet.database)[*].id
}

resource "aws_elasticache_subnet_group" "this" {
  name        = "${var.prefix}-cache"
  description = "Where the caches of ${var.prefix} live"
  subnet_ids  = values(aws_subnet.database)[*].id
}
