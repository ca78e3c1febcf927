import { defineConfig } from "vite";

export default defineConfig({
  // Tags of the page point at files beside it, so it works under any path.
  base: "./",
  build: {
    target: "es2022",
    cssTarget: ["chrome111", "firefox113", "safari16.4"], // those that know oklch() and color-mix()
    assetsInlineLimit: 0, // the Content-Security-Policy allows no data: addresses
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  server: {
    port: 4748,
    proxy: {
      "/api": { target: "http://127.0.0.1:4747", ws: true },
    },
  },
});
