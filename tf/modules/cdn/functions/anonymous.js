// A public read is answered to everybody alike and kept for everybody, so nobody's name goes with it: were the API ever to
// answer one in person, the answer could not be that person's. Writes to the same addresses keep theirs.
function handler(event) {
  const request = event.request;
  if (request.method === "GET" || request.method === "HEAD") {
    delete request.headers.authorization;
    request.cookies = {};
  }
  return request;
}
