import type { MetadataRoute } from "next";
import { messages } from "#lib/text/messages.ts";

/**
 * The portal can be put on a phone's home screen, in Bahasa Malaysia as everywhere else first. It opens at home, which
 * leads to sign-in where need be. Nothing is kept for use offline, so there is no service worker: pages are personal.
 */
export default function manifest(): MetadataRoute.Manifest {
  const { product, app } = messages.ms.common;
  return {
    // Stays the same for good: by it a browser knows that the app is installed already.
    id: "/",
    name: app.name,
    short_name: product,
    description: app.description,
    lang: "ms",
    dir: "ltr",
    start_url: "/home",
    scope: "/",
    display: "standalone",
    background_color: "#F5F7FA",
    theme_color: "#1E428F",
    categories: ["government", "productivity", "security"],
    icons: [
      { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
      { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
      { src: "/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
    shortcuts: [
      { name: app.signIn, url: "/sign-in" },
      { name: app.settings, url: "/settings" },
    ],
  };
}
