locals {
  external_secrets_policy = [
    {
      Sid    = "ReadTheApplicationsSecrets"
      Effect = "Allow"
      Action = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
      Resource = [
        "arn:aws:secretsmanager:${local.region}:${local.account}:secret:${var.secrets_prefix}/*",
        # The owner's password, which migrations need. RDS keeps it, and gives it a name nobody can choose.
        "arn:aws:secretsmanager:${local.region}:${local.account}:secret:rds!db-*",
      ]
    },
    {
      Sid       = "DecryptThem"
      Effect    = "Allow"
      Action    = ["kms:Decrypt"]
      Resource  = [var.kms_key_arn]
      Condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${local.region}.amazonaws.com" } }
    },
  ]
}
