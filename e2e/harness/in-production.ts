/** The journeys are walked against the topology of production (`playwright.production.config.ts`), not a demonstration. */
export const inProduction = process.env.KUNCI_E2E_PRODUCTION !== undefined;
