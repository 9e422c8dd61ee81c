mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name               = "bottega-demo"
  vpc_id             = "vpc-mock"
  private_subnet_ids = ["subnet-a", "subnet-b"]
  admin_arns         = ["arn:aws:iam::111122223333:role/bottega-demo-infrastructure"]
  kms_key_arn        = "arn:aws:kms:us-east-1:111122223333:key/platform"
  secrets_prefix     = "bottega-demo"
}

run "nodes_are_what_the_demo_needs" {
  assert {
    condition = (
      aws_eks_node_group.this.instance_types == tolist(["t3.medium"])
      && aws_eks_node_group.this.capacity_type == "ON_DEMAND"
      && aws_eks_node_group.this.ami_type == "AL2023_x86_64_STANDARD"
    )
    error_message = "Nodes are t3.medium, on demand, with Amazon Linux 2023."
  }
  assert {
    condition = (
      aws_eks_node_group.this.scaling_config[0].min_size == 2
      && aws_eks_node_group.this.scaling_config[0].desired_size == 3
      && aws_eks_node_group.this.scaling_config[0].max_size == 5
    )
    error_message = "Three nodes at first, two at least, five at most."
  }
  assert {
    condition     = aws_eks_node_group.this.update_config[0].max_unavailable == 1
    error_message = "Updates take one node at a time."
  }
  assert {
    condition     = toset(aws_eks_node_group.this.subnet_ids) == toset(var.private_subnet_ids)
    error_message = "Nodes live in the private subnets."
  }
}

run "pods_cannot_borrow_the_nodes_role" {
  assert {
    condition = (
      aws_launch_template.nodes.metadata_options[0].http_tokens == "required"
      && aws_launch_template.nodes.metadata_options[0].http_put_response_hop_limit == 1
    )
    error_message = "Metadata wants a token, and does not reach as far as a pod."
  }
  assert {
    condition = toset(keys(aws_iam_role_policy_attachment.nodes)) == toset([
      "AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonEKS_CNI_Policy",
    ])
    error_message = "The nodes' role can join, pull and give out addresses, nothing else."
  }
}

run "their_disks_are_encrypted" {
  assert {
    condition = (
      aws_launch_template.nodes.block_device_mappings[0].ebs[0].encrypted == "true"
      && aws_launch_template.nodes.block_device_mappings[0].ebs[0].volume_type == "gp3"
    )
    error_message = "Root volumes are encrypted gp3."
  }
}

run "databases_know_them_by_a_group_that_lets_nothing_in" {
  assert {
    condition     = contains(aws_launch_template.nodes.vpc_security_group_ids, aws_security_group.nodes.id)
    error_message = "Nodes carry the group that databases let in."
  }
  assert {
    condition     = !contains(keys(aws_security_group.nodes.tags), "kubernetes.io/cluster/bottega-demo")
    error_message = "Two groups with the cluster's tag would stop the load balancer controller."
  }
}

run "disorder_in_the_numbers_is_refused" {
  command = plan
  variables {
    nodes = { min = 4, desired = 3, max = 5 }
  }
  expect_failures = [var.nodes]
}
