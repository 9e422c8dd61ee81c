# Secrets are made by Terraform, and states tell what it made.

locals {
  secrets_policy = [
    {
      Sid    = "KeepSecretsOfThisEnvironment"
      Effect = "Allow"
      Action = [
        "secretsmanager:CreateSecret",
        "secretsmanager:DeleteSecret",
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetResourcePolicy",
        "secretsmanager:GetSecretValue",
        "secretsmanager:PutSecretValue",
        "secretsmanager:TagResource",
        "secretsmanager:UntagResource",
        "secretsmanager:UpdateSecret",
        "secretsmanager:UpdateSecretVersionStage",
      ]
      Resource = ["${local.secrets}:${local.prefix}/*"]
    },
    {
      # RDS keeps the owner's password in a secret it names itself, in the name of whoever makes the database.
      Sid      = "LetRdsKeepItsSecret"
      Effect   = "Allow"
      Action   = ["secretsmanager:CreateSecret", "secretsmanager:DescribeSecret", "secretsmanager:RotateSecret", "secretsmanager:CancelRotateSecret", "secretsmanager:TagResource"]
      Resource = ["${local.secrets}:rds!db-*"]
    },
    {
      Sid    = "EncryptSecrets"
      Effect = "Allow"
      Action = ["kms:Decrypt", "kms:GenerateDataKey"]
      # The keys of this account get their ids when they are made; that secrets go through them is the limit.
      Resource  = ["arn:aws:kms:${var.region}:${local.account}:key/*"]
      Condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${var.region}.amazonaws.com" } }
    },
  ]

  state_policy = [
    {
      Sid      = "FindStates"
      Effect   = "Allow"
      Action   = ["s3:ListBucket"]
      Resource = ["arn:aws:s3:::${var.state_bucket}"]
    },
    {
      Sid      = "ReadTheEntrancesState"
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = ["arn:aws:s3:::${var.state_bucket}/bootstrap/github-oidc.tfstate"]
    },
    {
      Sid      = "KeepTheLayersStates"
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject"]
      Resource = ["arn:aws:s3:::${var.state_bucket}/${var.environment}/*"]
    },
    {
      Sid      = "ReleaseLocks"
      Effect   = "Allow"
      Action   = ["s3:DeleteObject"]
      Resource = ["arn:aws:s3:::${var.state_bucket}/${var.environment}/*.tflock"]
    },
    {
      Sid       = "EncryptStates"
      Effect    = "Allow"
      Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource  = [var.state_key_arn]
      Condition = { StringEquals = { "kms:ViaService" = "s3.${var.region}.amazonaws.com" } }
    },
  ]
}
