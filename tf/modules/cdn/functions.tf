# What runs at CloudFront's edge for a request or an answer, each a file in functions/.

resource "aws_cloudfront_function" "page" {
  name    = "${var.prefix}-page"
  comment = "The storefront's page for every address that is no file"
  runtime = "cloudfront-js-2.0"
  code    = file("${path.module}/functions/page.js")
  publish = true
}

resource "aws_cloudfront_function" "content_policy" {
  name    = "${var.prefix}-content-policy"
  comment = "The content security policy the page was uploaded with"
  runtime = "cloudfront-js-2.0"
  code    = file("${path.module}/functions/content_policy.js")
  publish = true
}

resource "aws_cloudfront_function" "anonymous" {
  name    = "${var.prefix}-anonymous"
  comment = "Public reads are asked for by nobody in particular"
  runtime = "cloudfront-js-2.0"
  code    = file("${path.module}/functions/anonymous.js")
  publish = true
}
