// Runs before the first paint: the theme and the language the visitor chose, and which outline of a page to show.
(() => {
  const root = document.documentElement;
  const remembered = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // Storage is switched off.
    }
  };

  const theme = remembered("bottega.theme");
  if (theme === "light" || theme === "dark") {
    root.dataset.theme = theme;
    const frame = theme === "light" ? "#ffffff" : "#0b1120";
    document.querySelectorAll("meta[name=theme-color]").forEach((meta) => meta.setAttribute("content", frame));
  }

  const known = (tag) => ["en", "it"].find((language) => tag.toLowerCase().split("-")[0] === language);
  const wanted = [remembered("bottega.language") ?? "", ...navigator.languages];
  root.lang = wanted.map(known).find(Boolean) ?? "en";

  const path = location.pathname.replace(/\/+$/, "");
  if (path === "") {
    root.dataset.page = "home";
  } else if (path === "/products" || path.startsWith("/categories/")) {
    root.dataset.page = "products";
  } else if (path === "/categories") {
    root.dataset.page = "categories";
  } else if (path.startsWith("/products/")) {
    root.dataset.page = "product";
  }

  // Until the program has cleared the first screen, any failure means that it will not come.
  const fail = () => {
    if (document.querySelector(".boot-failed")) {
      root.dataset.boot = "failed";
    }
  };
  addEventListener("unhandledrejection", fail);
  addEventListener(
    "error",
    (event) => {
      const { tagName } = event.target ?? {};
      // A picture that is missing is not a program that is missing.
      if (tagName !== "IMG") {
        fail();
      }
    },
    true,
  );
})();
