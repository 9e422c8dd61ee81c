# Names, versions and descriptions; what the AWS provider would refuse only when it is applied.
plugin "terraform" {
  enabled = true
  preset  = "all"
}

plugin "aws" {
  enabled = true
  version = "0.44.0"
  source  = "github.com/terraform-linters/tflint-ruleset-aws"
}

# The files of a module are named by what they make, not main, variables and outputs alone.
rule "terraform_standard_module_structure" {
  enabled = false
}
