output "distribution_id" {
  description = "The distribution, for invalidations: `CDN_DISTRIBUTION_ID`."
  value       = aws_cloudfront_distribution.this.id
}

output "distribution_arn" {
  description = "The distribution, for policies."
  value       = aws_cloudfront_distribution.this.arn
}

output "domain_name" {
  description = "CloudFront's own name for the shop."
  value       = aws_cloudfront_distribution.this.domain_name
}

output "url" {
  description = "The address visitors know the shop by: `PUBLIC_URL`."
  value       = "https://${try(var.aliases[0], aws_cloudfront_distribution.this.domain_name)}"
}

output "bucket" {
  description = <<-EOT
    Where the storefront is uploaded to. Each file needs its `Content-Type` and `Cache-Control` (a name with a hash in it:
    `public, max-age=31536000, immutable`; index.html: `no-cache`; the rest: a day), and index.html the metadata
    `content-security-policy` with the policy of this page.
  EOT
  value       = aws_s3_bucket.storefront.bucket
}

output "bucket_arn" {
  description = "The storefront's bucket, for policies."
  value       = aws_s3_bucket.storefront.arn
}
