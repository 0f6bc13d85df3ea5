// Reads a Checkstyle report as danger-plugin-lint-report does, and prints the violations as it understood them.
const fs = require("fs");
const path = require("path");
const [, , modules, report] = process.argv;
const from = (name) => require(path.join(modules, name));
const { xml2js } = from("xml-js");
const { parseCheckstyle } = from("danger-plugin-lint-report/dist/parse/checkstyle_parser.js");
const violations = parseCheckstyle(xml2js(fs.readFileSync(report, "utf8")), path.resolve("nowhere"));
console.log(JSON.stringify(violations));
