import demonstration from "./playwright.config.ts";

// Workers read this file too, after the topology is up: by then the key of its certificate is known.
process.env.KUNCI_E2E_PRODUCTION = "1";
const spki = process.env.KUNCI_E2E_SPKI;
const { launchOptions, ...use } = demonstration.use ?? {};

/** Their portals are of their own: with a Google that is made up, killed and started again, two behind another balancer. */
const ELSEWHERE = ["google.spec.ts", "resilience.spec.ts", "two-instances.spec.ts", "whole-phase.spec.ts"];
const NEW = "production.spec.ts";

/**
 * The journeys against two instances in production mode behind nginx: once each, on a desktop in Bahasa Malaysia, without
 * those that are about a demonstration or start a portal of their own.
 */
export default {
  ...demonstration,
  testIgnore: ELSEWHERE,
  reporter: [["list"], ["json", { outputFile: "test-results/production.json" }]],
  outputDir: "test-results/production",
  grepInvert: /@demonstration/,
  // A new deployment has no administrator, and the other journeys make some.
  projects: (demonstration.projects ?? []).slice(0, 1).flatMap((project) => [
    { ...project, name: `new-${project.name}`, testMatch: NEW },
    { ...project, testIgnore: [...ELSEWHERE, NEW], dependencies: [`new-${project.name}`] },
  ]),
  use: {
    ...use,
    launchOptions: {
      ...launchOptions,
      args: [...(launchOptions?.args ?? []), ...(spki ? [`--ignore-certificate-errors-spki-list=${spki}`] : [])],
    },
  },
} satisfies typeof demonstration;
