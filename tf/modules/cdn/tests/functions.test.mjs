// What runs at CloudFront's edge, run here: `node --test tf/modules/cdn/tests/`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

// The edge's files are no modules: each is a `handler` and what it needs.
const load = (name) => {
  const code = readFileSync(new URL(`../functions/${name}.js`, import.meta.url), "utf8");
  return new Function(`${code}; return handler;`)();
};
const page = load("page");
const contentPolicy = load("content_policy");
const anonymous = load("anonymous");

const asked = (uri) => page({ request: { uri } }).uri;
const request = (method) => ({
  request: { method, headers: { authorization: { value: "Bearer x" }, accept: { value: "*/*" } }, cookies: { a: { value: "b" } } },
});

test("an address that is no file is the page", () => {
  for (const path of ["/", "/products", "/products/dell-xps-15", "/categories/laptops/", "/apiary", "/healthy"]) {
    assert.equal(asked(path), "/index.html", path);
  }
});

test("a file is itself", () => {
  for (const path of ["/logo.svg", "/web-0f1e2d3c4b5a6978_bg.wasm", "/illustrations/hero.svg", "/missing.js"]) {
    assert.equal(asked(path), path);
  }
});

test("a dot in a folder makes no file of what is in it", () => {
  assert.equal(asked("/v1.2/products"), "/index.html");
});

test("no page takes the place of what belongs to the API", () => {
  for (const path of ["/api", "/api/", "/api/unknown", "/api/catalog/products/nothing", "/health"]) {
    assert.equal(asked(path), path);
  }
});

test("the page's policy is the one it was uploaded with, and S3's name for it is gone", () => {
  const headers = { "x-amz-meta-content-security-policy": { value: "script-src 'sha256-x'" } };
  assert.deepEqual(contentPolicy({ response: { statusCode: 200, headers } }).headers, {
    "content-security-policy": { value: "script-src 'sha256-x'" },
  });
});

test("what came without a policy may load nothing", () => {
  const { headers } = contentPolicy({ response: { statusCode: 200, headers: {} } });
  assert.match(headers["content-security-policy"].value, /^default-src 'none'/);
});

test("what the browser has keeps the policy it came with", () => {
  assert.deepEqual(contentPolicy({ response: { statusCode: 304, headers: {} } }).headers, {});
});

test("a public read is nobody's", () => {
  for (const method of ["GET", "HEAD"]) {
    const { headers, cookies } = anonymous(request(method));
    assert.deepEqual(headers, { accept: { value: "*/*" } });
    assert.deepEqual(cookies, {});
  }
});

test("a write is somebody's", () => {
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    const { headers, cookies } = anonymous(request(method));
    assert.equal(headers.authorization.value, "Bearer x");
    assert.equal(cookies.a.value, "b");
  }
});
