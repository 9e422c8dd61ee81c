# The headers that keep browsers safe, on the storefront's files: the same as the server's own (api/src/http/headers.rs).
# The API brings its own. The content security policy comes with the page: see functions/content_policy.js.

resource "aws_cloudfront_response_headers_policy" "storefront" {
  name    = "${var.prefix}-storefront"
  comment = "The server's own headers, on files that it does not serve"

  security_headers_config {
    strict_transport_security {
      access_control_max_age_sec = 31536000
      include_subdomains         = true
      preload                    = true
      override                   = true
    }
    content_type_options {
      override = true
    }
    frame_options {
      frame_option = "DENY"
      override     = true
    }
    referrer_policy {
      referrer_policy = "strict-origin-when-cross-origin"
      override        = true
    }
  }

  custom_headers_config {
    dynamic "items" {
      for_each = local.custom_headers
      content {
        header   = items.key
        value    = items.value
        override = true
      }
    }
  }

  # What S3 says of itself is nobody's business.
  remove_headers_config {
    dynamic "items" {
      for_each = ["Server", "x-amz-server-side-encryption", "x-amz-version-id"]
      content {
        header = items.value
      }
    }
  }
}

locals {
  custom_headers = {
    "Cross-Origin-Opener-Policy"   = "same-origin"
    "Cross-Origin-Resource-Policy" = "same-origin"
    "Permissions-Policy"           = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
  }
}
