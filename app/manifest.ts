import type { MetadataRoute } from "next";
import ms from "#lib/text/ms/common.json" with { type: "json" };

/** The portal can be put on a phone's home screen. Nothing is kept for use offline: pages are personal. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: ms.product,
    short_name: ms.product,
    lang: "ms",
    start_url: "/",
    scope: "/",
    display: "standalone",
    background_color: "#F5F7FA",
    theme_color: "#1E428F",
    icons: [
      { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
      { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
      { src: "/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
  };
}
