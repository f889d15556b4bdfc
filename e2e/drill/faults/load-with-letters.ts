import { createViteServer } from "vitest/node";

/** A module of a drill that puts letters together: those are written in JSX, which Node alone does not read. */
export async function loadWithLetters<T>(file: string): Promise<T> {
  const server = await createViteServer({
    configFile: false,
    logLevel: "error",
    appType: "custom",
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    oxc: { jsx: { runtime: "automatic" } },
  });
  try {
    return (await server.ssrLoadModule(file)) as T;
  } finally {
    // What was loaded stays; only looking for changes ends.
    await server.close();
  }
}
