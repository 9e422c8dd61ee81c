// The page's policy names the hash of its inline script, so it goes with the page: it is uploaded as the file's metadata.
// What came without one may load nothing. A 304 has no metadata, and leaves the policy the browser has.
const NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

function handler(event) {
  const response = event.response;
  const headers = response.headers;
  const uploaded = headers["x-amz-meta-content-security-policy"];
  delete headers["x-amz-meta-content-security-policy"];
  if (uploaded) {
    headers["content-security-policy"] = { value: uploaded.value };
  } else if (response.statusCode !== 304) {
    headers["content-security-policy"] = { value: NOTHING };
  }
  return response;
}
