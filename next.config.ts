import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";
import { fingerprint } from "./lib/server/start/fingerprint.ts";

const config: NextConfig = {
  // These break when bundled: class names are minified, workers and optional drivers are looked up at run time.
  serverExternalPackages: [
    "oidc-provider",
    "pg-boss",
    "rate-limiter-flexible",
    "pg",
    "@node-rs/argon2",
    "nodemailer",
    "pino",
    "prom-client",
  ],
  // Instances that were built apart from the same sources are the same build to a browser that meets both of them.
  generateBuildId: fingerprint,
  poweredByHeader: false,
  // Development's own log of requests: paths that end in a mailed secret stay out of it.
  logging: { incomingRequests: { ignore: [/^\/(activate|recover|undo|interaction)\//] } },
  reactStrictMode: true,
  experimental: { serverActions: { bodySizeLimit: "64kb" }, optimizePackageImports: ["@simplewebauthn/browser"] },
};

export default createNextIntlPlugin("./lib/text/request.ts")(config);
