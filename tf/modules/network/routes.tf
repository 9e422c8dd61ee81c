resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id

  tags = { Name = "${var.prefix}-public" }
}

resource "aws_route" "public_internet" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this.id
}

resource "aws_route_table_association" "public" {
  for_each       = local.zones
  subnet_id      = aws_subnet.public[each.key].id
  route_table_id = aws_route_table.public.id
}

# One for each zone, even with a single NAT gateway: a second gateway then changes a route, not the tables.
resource "aws_route_table" "private" {
  for_each = local.zones
  vpc_id   = aws_vpc.this.id

  tags = { Name = "${var.prefix}-private-${each.key}" }
}

resource "aws_route" "private_internet" {
  for_each               = local.zones
  route_table_id         = aws_route_table.private[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[local.nat_zone_of[each.key]].id
}

resource "aws_route_table_association" "private" {
  for_each       = local.zones
  subnet_id      = aws_subnet.private[each.key].id
  route_table_id = aws_route_table.private[each.key].id
}

# No routes on purpose: from the database tier there is no way out of the VPC.
resource "aws_route_table" "database" {
  for_each = local.zones
  vpc_id   = aws_vpc.this.id

  tags = { Name = "${var.prefix}-database-${each.key}" }
}

resource "aws_route_table_association" "database" {
  for_each       = local.zones
  subnet_id      = aws_subnet.database[each.key].id
  route_table_id = aws_route_table.database[each.key].id
}

# Nor from the load balancer's: it answers CloudFront, and asks pods.
resource "aws_route_table" "edge" {
  vpc_id = aws_vpc.this.id

  tags = { Name = "${var.prefix}-edge" }
}

resource "aws_route_table_association" "edge" {
  for_each       = local.zones
  subnet_id      = aws_subnet.edge[each.key].id
  route_table_id = aws_route_table.edge.id
}
