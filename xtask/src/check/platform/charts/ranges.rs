//! The walls stand where the subnets are: the ranges that the demo's policies name are those that Terraform hands out.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use serde_json::Value;

use super::object;
use super::{source, terraform, verdict};
use crate::failure::{Failure, Outcome};

const VALUES: &str = "charts/bottega/values-demo.yaml";
const LAYER: &str = "tf/environments/demo/platform/variables.tf";
const SUBNETS: &str = "tf/modules/network/subnets.tf";

/// Which ranges are which subnets'.
const PLACES: [(&str, &str); 3] = [
    ("/networkPolicy/loadBalancerCidrs", "edge"),
    ("/networkPolicy/database/cidrs", "database"),
    ("/networkPolicy/cache/cidrs", "database"),
];

pub(in super::super) fn check() -> Outcome<String> {
    let values: Value = source::yaml(VALUES)?;
    let network = terraform::default_of(LAYER, "vpc_cidr")?;
    let zones = terraform::default_of(LAYER, "az_count")?;
    let subnets = source::read(SUBNETS)?;
    let mut findings = Vec::new();
    for (place, tier) in PLACES {
        let wanted = ranges(&subnets, tier, &network, &zones).ok_or_else(|| {
            Failure::new(format!("{SUBNETS} does not say as it did which ranges are {tier}."))
        })?;
        let named = object::list(&values, place).iter().filter_map(Value::as_str);
        let named: BTreeSet<String> = named.map(str::to_owned).collect();
        if named != wanted {
            findings.push(format!("{VALUES}: {place} is {named:?}, and the {tier} subnets are {wanted:?}."));
        }
    }
    if !object::list(&values, "/networkPolicy/aws/except").contains(&Value::from(network.as_str())) {
        findings.push(format!("{VALUES}: /networkPolicy/aws/except lets pods into the network, {network}."));
    }
    verdict(&findings)?;
    Ok(format!("{network} in {zones} zones"))
}

/// What `cidrsubnet(var.vpc_cidr, 4, 8 + each.value)` comes to in each zone.
fn ranges(source: &str, tier: &str, network: &str, zones: &str) -> Option<BTreeSet<String>> {
    let block = terraform::block(source, &format!("resource \"aws_subnet\" \"{tier}\""))?;
    let arguments = block.split_once("cidrsubnet(var.vpc_cidr, ")?.1.split_once(')')?.0;
    let (bits, place) = arguments.split_once(", ")?;
    let first: u32 = place.split_once(" + ").map_or(Some(0), |(first, _)| first.parse().ok())?;
    let (base, length) = network.split_once('/')?;
    let base = u32::from(base.parse::<Ipv4Addr>().ok()?);
    let length = length.parse::<u32>().ok()? + bits.parse::<u32>().ok()?;
    let size = 1_u32.checked_shl(32_u32.checked_sub(length)?)?;
    let range = |zone: u32| format!("{}/{length}", Ipv4Addr::from(base + (first + zone) * size));
    Some((0..zones.parse().ok()?).map(range).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_computed_as_terraform_does() {
        let source = "resource \"aws_subnet\" \"public\" {\n  cidr_block = cidrsubnet(var.vpc_cidr, 4, each.value)\n}\n\
                      resource \"aws_subnet\" \"database\" {\n  cidr_block = cidrsubnet(var.vpc_cidr, 4, 8 + each.value)\n}\n";
        let of =
            |tier| ranges(source, tier, "10.0.0.0/16", "2").map(|set| set.into_iter().collect::<Vec<_>>());
        assert_eq!(of("public").unwrap(), ["10.0.0.0/20", "10.0.16.0/20"]);
        assert_eq!(of("database").unwrap(), ["10.0.128.0/20", "10.0.144.0/20"]);
        assert_eq!(of("private"), None);
    }
}
