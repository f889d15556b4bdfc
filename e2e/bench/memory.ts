import fs from "node:fs";
import type pg from "pg";

/** Proportional set size of processes and all their descendants, in MB (10^6 bytes): shared pages are counted once over all. */
export function residentMegabytes(roots: readonly number[]): number {
  const parents = parentsOfAll();
  const isBelow = (pid: number): boolean =>
    roots.includes(pid) || (parents.has(pid) && isBelow(parents.get(pid) as number));
  return [...parents.keys()].filter(isBelow).reduce((sum, pid) => sum + pssOf(pid), 0) / 1_000;
}

/** The PostgreSQL of a portal is no child of it: one of its connections tells its process, whose parent is the server. */
export async function postgresOf(database: pg.Pool): Promise<number> {
  const client = await database.connect();
  try {
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    return parentsOfAll().get(rows[0]?.pid as number) as number;
  } finally {
    client.release(true);
  }
}

function parentsOfAll(): Map<number, number> {
  const pids = fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return new Map(
    pids.flatMap((pid) => {
      const parent = /^PPid:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1];
      return parent === undefined ? [] : [[Number(pid), Number(parent)] as const];
    }),
  );
}

const pssOf = (pid: number): number =>
  Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1.024;

/** Empty where the process has just ended. */
function read(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
