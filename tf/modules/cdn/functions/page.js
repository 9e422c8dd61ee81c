// Before the storefront's bucket is asked: an address that is no file is one of the page's own, so the page it is. What
// belongs to the API has behaviours of its own and does not come here; should it ever, no page takes an answer's place.
function handler(event) {
  const request = event.request;
  const path = request.uri;
  const isPage = !path.slice(path.lastIndexOf("/") + 1).includes(".");
  const isApi = /^\/(api|health)(\/|$)/.test(path);
  if (isPage && !isApi) {
    request.uri = "/index.html";
  }
  return request;
}
