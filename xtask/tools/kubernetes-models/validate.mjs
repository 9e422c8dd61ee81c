// The schemas of kinds that operators bring. Standard input lists objects; the answer says what is wrong with them, and
// which kinds nothing here knows. The first argument is the folder that holds node_modules.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const home = process.argv[2];
const require = createRequire(join(home, "package.json"));
const ts = require("typescript");

const MODELS = {
  "argoproj.io/v1alpha1": "@kubernetes-models/argo-cd/argoproj.io/v1alpha1",
  "external-secrets.io/v1": "@kubernetes-models/external-secrets/external-secrets.io/v1",
  "monitoring.coreos.com/v1": "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1",
};

const load = (name) => import(pathToFileURL(join(home, "node_modules", name, "index.js")));

// A field that the schema has wrong: its type or its form.
async function malformed({ where, object }) {
  const Model = (await load(MODELS[object.apiVersion]))[object.kind];
  try {
    new Model(object).validate();
    return [];
  } catch (error) {
    return (error.errors ?? [error]).map((one) => `${where}: ${one.instancePath ?? ""} ${one.message}`);
  }
}

// A field that the schema does not have: the validators let it pass, the types do not.
function unheardOf(items) {
  const file = join(home, "objects.mts");
  // A model knows its own kind and version.
  const lines = items.map(({ object: { apiVersion, kind, ...rest } }, index) =>
    `import { ${kind} as K${index} } from "${MODELS[apiVersion]}"; new K${index}(${JSON.stringify(rest)});`);
  const options = { strict: true, noEmit: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.readFile = (name) => (name === file ? lines.join("\n") : readFile(name));
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, lines.join("\n"), options.target) : getSourceFile(name, ...rest);
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file: at, start, messageText }) => {
    const line = at ? at.getLineAndCharacterOfPosition(start).line : 0;
    return `${items[line].where}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}

const items = JSON.parse(readFileSync(0, "utf8"));
const known = [];
const unknown = [];
for (const item of items) {
  const model = MODELS[item.object.apiVersion];
  const has = model !== undefined && (await load(model))[item.object.kind] !== undefined;
  (has ? known : unknown).push(item);
}
const wrong = [...(await Promise.all(known.map(malformed))).flat(), ...unheardOf(known)];
process.stdout.write(JSON.stringify({ wrong, unknown }));
