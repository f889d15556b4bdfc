import fs from "node:fs";

/** Writes settings as a file that a shell reads (`. FILE`) and that systemd does (`EnvironmentFile=FILE`), for its owner alone. */
export function writeSettings(file: string, settings: Readonly<Record<string, string>>): void {
  const lines = Object.entries(settings).map(([name, value]) => {
    // Between single quotes both take everything as it is; only a quote itself would end it, and they differ in how it is written.
    if (/['\n]/.test(value)) throw new Error(`${name} holds a quote or a line's end`);
    return `${name}='${value}'\n`;
  });
  fs.writeFileSync(file, lines.join(""), { mode: 0o600 });
}
