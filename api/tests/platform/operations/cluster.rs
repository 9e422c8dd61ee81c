//! A cluster that is not there, and running a script against it.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::Stdio,
};

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
    process::Command,
};

/// The pods there are, unless a test says otherwise.
pub const PODS: [&str; 2] = ["bottega-one", "bottega-two"];
pub const IMAGE: &str = "registry.test/bottega:0123456789012345678901234567890123456789";

/// What nothing here may really run.
const PROGRAMS: [&str; 11] =
    ["aws", "cargo", "docker", "gh", "helm", "kubectl", "python3", "sudo", "terraform", "tflint", "trivy"];

/// What those programs answer, and what they were asked.
pub struct Cluster {
    folder: TempDir,
    variables: Vec<(String, String)>,
}

/// A script that has ended.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    /// What stands on the page of the workflow's run.
    pub report: String,
    pub stderr: String,
    /// What it called, in order.
    pub calls: Vec<String>,
}

impl Cluster {
    /// Two pods that are well.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let stub = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/platform/operations/cluster.sh");
        for part in ["bin", "state", "refuse", "after"] {
            fs::create_dir(folder.path().join(part)).unwrap();
        }
        let mode = fs::metadata(&stub).unwrap().permissions().mode();
        assert_eq!(mode & 0o111, 0o111, "what cannot be run lets the real programs be run instead");
        for program in PROGRAMS {
            symlink(&stub, folder.path().join("bin").join(program)).unwrap();
        }
        let cluster = Self { folder, variables: vec![] };
        cluster.write("port:4000", "4000");
        cluster.says("get/pods", &pods(&PODS.map(|name| pod(name, "True"))));
        cluster.says("get/deployment.bottega", &deployment(2, 2));
        cluster.says("get/horizontalpodautoscaler.bottega", &autoscaler(2, 7));
        cluster.says("get/events", &json!({"items": []}));
        cluster.says("get/replicasets", &json!({"items": []}));
        cluster.says("get/application.argoproj.io.bottega", &application("Synced", "Healthy", "one"));
        cluster
    }

    /// Sets a variable for the script, and for what runs in pods.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.variables.push((name.to_owned(), value.into()));
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What a question is answered from now on.
    pub fn says(&self, question: &str, answer: &Value) {
        self.write(&format!("state/{question}"), &answer.to_string());
    }

    /// What a question is answered once something was done.
    pub fn says_after(&self, done: &str, question: &str, answer: &Value) {
        self.write(&format!("after/{done}/{question}"), &answer.to_string());
    }

    pub fn refuses(&self, what: &str, why: &str) {
        self.write(&format!("refuse/{what}"), &format!("{why}\n"));
    }

    /// What is refused no more once something was done.
    pub fn mends_after(&self, done: &str, what: &str) {
        self.write(&format!("mends/{done}"), what);
    }

    /// What a program answers whose answers are no JSON.
    pub fn prints(&self, question: &str, answer: &str) {
        self.write(&format!("state/{question}"), answer);
    }

    pub fn write(&self, name: &str, content: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub async fn run(&self, operation: &str, arguments: &[&str]) -> Ended {
        self.run_script(&format!("charts/ops/{operation}.sh"), arguments).await
    }

    /// Runs a script of this repository in the cluster's folder.
    pub async fn run_script(&self, path: &str, arguments: &[&str]) -> Ended {
        for note in ["calls", "report"] {
            fs::write(self.path(note), "").unwrap();
        }
        let programs = format!("{}:{}", self.path("bin").display(), std::env::var("PATH").unwrap());
        let output = Command::new(in_root(path))
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", programs)
            .env("CLUSTER", self.folder.path())
            .env("GITHUB_STEP_SUMMARY", self.path("report"))
            .env("OPS_PATIENCE_SECONDS", "3")
            .env("OPS_PAUSE_SECONDS", "0.05")
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .output()
            .await
            .unwrap();
        let calls = fs::read_to_string(self.path("calls")).unwrap();
        Ended {
            code: output.status.code(),
            report: fs::read_to_string(self.path("report")).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            calls: calls
                .lines()
                .map(|call| serde_json::from_str::<Vec<String>>(call).unwrap().join(" "))
                .collect(),
        }
    }
}

impl Ended {
    /// The report of an operation that found everything well, or did what it was to.
    #[track_caller]
    pub fn well(&self) -> &str {
        assert_eq!(self.code, Some(0), "{self:#?}");
        assert!(self.report.contains("**Done:** "), "{}", self.report);
        &self.report
    }

    /// The sentence of one that found something broken, which stands in its report, too.
    #[track_caller]
    pub fn broken(&self) -> &str {
        assert_eq!(self.code, Some(1), "{self:#?}");
        let sentence = self.stderr.lines().next_back().unwrap();
        assert!(self.report.contains(&format!("**Failed:** {sentence}")), "{self:#?}");
        sentence
    }

    /// The sentence of one that does not do what it was asked, and has called nobody.
    #[track_caller]
    pub fn refusal(&self) -> &str {
        assert_eq!((self.code, self.calls.len(), self.stderr.lines().count()), (Some(2), 0, 1), "{self:#?}");
        self.stderr.trim_end()
    }
}

pub fn in_root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(path)
}

/// A server that answers everything alike with 200; its port.
pub async fn answering(kind: &str, body: &str) -> u16 {
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let mut lines = BufReader::new(&mut client).lines();
            while lines.next_line().await.is_ok_and(|line| line.is_some_and(|line| !line.is_empty())) {}
            _ = client.write_all(answer.as_bytes()).await;
        }
    });
    port
}

pub fn pod(name: &str, ready: &str) -> Value {
    json!({
        "metadata": {"name": name, "uid": format!("uid-{name}"), "creationTimestamp": "2026-01-01T00:00:00Z"},
        "spec": {"nodeName": "node", "containers": [{"name": "bottega", "image": IMAGE}]},
        "status": {
            "phase": "Running",
            "conditions": [{"type": "Ready", "status": ready}],
            "containerStatuses": [{"restartCount": 0, "imageID": "digest", "state": {}}]
        }
    })
}

pub fn pods(list: &[Value]) -> Value {
    json!({ "items": list })
}

pub fn deployment(wanted: u32, ready: u32) -> Value {
    json!({
        "metadata": {"annotations": {"deployment.kubernetes.io/revision": "3"}},
        "spec": {
            "replicas": wanted,
            "template": {"spec": {"containers": [{"name": "bottega", "image": IMAGE}]}}
        },
        "status": {"readyReplicas": ready}
    })
}

pub fn autoscaler(least: u32, most: u32) -> Value {
    json!({"spec": {"minReplicas": least, "maxReplicas": most}, "status": {"currentReplicas": 2}})
}

/// An application whose last sync began then.
pub fn application(sync: &str, health: &str, began: &str) -> Value {
    json!({
        "spec": {"syncPolicy": {"syncOptions": ["CreateNamespace=true"], "retry": {"limit": 3}}},
        "status": {
            "sync": {"status": sync, "revision": "a".repeat(40)},
            "health": {"status": health},
            "reconciledAt": "2026-01-01T00:00:02Z",
            "operationState": {
                "startedAt": began, "finishedAt": "2026-01-01T00:00:01Z",
                "phase": "Succeeded", "message": "successfully synced",
                "syncResult": {"revision": "a".repeat(40)}
            }
        }
    })
}
