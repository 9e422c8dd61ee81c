# One page for all of it, each part a row, so that cause and effect stand one above the other on the same axis of time. The
# last rows are for load tests: what was asked, how it was answered, and who had to work for it.

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.prefix
  dashboard_body = jsonencode({
    periodOverride = "inherit"
    widgets        = concat(local.headings, local.graphs)
  })
}

locals {
  heading_height = 1
  graph_height   = 6
  graph_width    = 8

  # A row's place from the top: every row before it is a heading and one line of graphs.
  row_top = { for place, row in local.dashboard_rows : row.title => place * (local.heading_height + local.graph_height) }

  headings = [for row in local.dashboard_rows : {
    type       = "text"
    x          = 0
    y          = local.row_top[row.title]
    width      = 24
    height     = local.heading_height
    properties = { markdown = "## ${row.title}", background = "transparent" }
  }]

  graphs = flatten([for row in local.dashboard_rows : [for place, graph in row.graphs : {
    type   = "metric"
    x      = place * local.graph_width
    y      = local.row_top[row.title] + local.heading_height
    width  = local.graph_width
    height = local.graph_height
    properties = {
      title   = graph.title
      region  = graph.region
      view    = "timeSeries"
      stat    = graph.stat
      period  = 60
      metrics = graph.metrics
      yAxis   = { left = { min = 0 } }
    }
  }]])
}
