import { startPortal } from "./harness/portal.ts";

const p = await startPortal({ port: 3500 });
console.log(p.readyAfter, p.output());
for (const path of ["/", "/register", "/sign-in", "/activate", "/mailbox.json", "/mailbox", "/home"]) {
  const a = await fetch(p.origin + path, { redirect: "manual" });
  console.log(path, a.status, (await a.text()).length);
}
const t = performance.now();
await p.stop();
console.log("stopped", performance.now() - t);
console.log(p.output());
