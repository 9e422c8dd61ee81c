# AWS' list prices in us-east-1, in dollars, as of 2026-11: without free tiers, discounts and taxes. They change: compare
# them with AWS' price pages before relying on them. Sourced by `costs`.
# shellcheck shell=bash disable=SC2034 # `costs` reads them by name

readonly EKS_CLUSTER_HOUR=0.10              # a control plane in standard support
readonly EC2_T3_MEDIUM_HOUR=0.0416          # a node
readonly EBS_GP3_GB_MONTH=0.08              # a node's disk
readonly NAT_GATEWAY_HOUR=0.045             # a gateway
readonly NAT_GATEWAY_GB=0.045               # what goes through it
readonly PUBLIC_IPV4_HOUR=0.005             # an address
readonly LOAD_BALANCER_HOUR=0.0225          # an application load balancer
readonly LOAD_BALANCER_LCU_HOUR=0.008       # a unit of its work: 1 GB in an hour, if that is what there is most of
readonly INTERFACE_ENDPOINT_HOUR=0.01       # an endpoint in one zone
readonly RDS_T4G_MICRO_HOUR=0.016           # PostgreSQL, one zone
readonly RDS_GP3_GB_MONTH=0.115             # its storage; backups of the same size are free
readonly ELASTICACHE_T4G_MICRO_HOUR=0.0128  # a node of Valkey
readonly KMS_KEY_MONTH=1.00                 # a key
readonly SECRET_MONTH=0.40                  # a secret
readonly ALARM_METRIC_MONTH=0.10            # a figure that an alarm looks at
readonly COMPOSITE_ALARM_MONTH=0.50         # an alarm made of alarms
readonly OBSERVATIONS_MILLION=0.21          # what Container Insights sees
readonly LOGS_GB=0.50                       # a log that is taken in
readonly TRACES_MILLION=5.00                # traces that X-Ray records
readonly CLOUDFRONT_REQUESTS_MILLION=1.00   # requests by HTTPS, North America and Europe
readonly CLOUDFRONT_FUNCTION_MILLION=0.10   # runs of a function at the edge
readonly CLOUDFRONT_GB=0.085                # what goes out to visitors
readonly ZONE_GB=0.02                       # what goes from one zone to another, both ways
readonly WAF_MONTH=9.00                     # a web ACL (5) with four rules (1 each)
readonly WAF_REQUESTS_MILLION=0.60          # requests it looks at
