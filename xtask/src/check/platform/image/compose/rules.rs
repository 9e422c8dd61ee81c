//! What no schema says of compose files.

use super::definition::{Definition, Service};

/// One sentence for each rule that is broken.
pub(super) fn broken_by(definition: &Definition) -> Vec<String> {
    let volumes: Vec<&String> = definition.volumes().collect();
    definition
        .services()
        .flat_map(|service| {
            let mut findings = dependencies(service, definition);
            findings.extend(end(service, definition));
            findings.extend(ports(service));
            findings.extend(image(service));
            for volume in service.texts("volumes") {
                let name = volume.split(':').next().unwrap_or_default();
                if !name.starts_with('.') && !volumes.iter().any(|known| *known == name) {
                    findings.push(format!(
                        "{} keeps its data in {name}, which `volumes` does not name.",
                        service.name
                    ));
                }
            }
            findings
        })
        .collect()
}

/// A condition that can never come true stops everything.
fn dependencies(service: Service, definition: &Definition) -> Vec<String> {
    let mut findings = Vec::new();
    for (name, condition) in service.depends_on() {
        let Some(other) = definition.services().find(|other| other.name == name) else {
            findings.push(format!("{} depends on {name}, which is no service.", service.name));
            continue;
        };
        let possible = match condition {
            "service_healthy" => other.health().is_some(),
            "service_completed_successfully" => other.is_one_shot(),
            _ => false,
        };
        if !possible {
            findings
                .push(format!("{} waits for {name} to be `{condition}`, which it never is.", service.name));
        }
    }
    findings
}

/// `up --wait` takes a service that ends for a failure, unless another waits for it to end.
fn end(service: Service, definition: &Definition) -> Option<String> {
    let is_awaited = || {
        let conditions = definition.services().map(|other| other.depends_on());
        conditions.into_iter().any(|of| of.get(service.name) == Some(&"service_completed_successfully"))
    };
    let fails = service.is_started_by_up() && service.is_one_shot() && !is_awaited();
    fails.then(|| {
        format!(
            "{} ends, and no service waits for that: `up --wait` fails. Let one depend on it with \
             `service_completed_successfully`.",
            service.name
        )
    })
}

/// Nobody else on the network is to reach a shop whose passwords everybody knows.
fn ports(service: Service) -> impl Iterator<Item = String> {
    let open = service.texts("ports").into_iter().filter(|port| !port.starts_with("127.0.0.1:"));
    open.map(move |port| {
        format!("{} opens {port} to other machines: write 127.0.0.1: before it.", service.name)
    })
}

fn image(service: Service) -> Option<String> {
    let image = service.value["image"].as_str().unwrap_or_default();
    let version = image.split_once(':').map_or("", |(_, version)| version);
    let is_pinned = image == "bottega" || version.matches('.').count() >= 1;
    (!is_pinned).then(|| format!("{} runs {image}: name an exact version.", service.name))
}
