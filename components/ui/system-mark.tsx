import { lettersOfSystem } from "./letters-of-system.ts";

export type SystemMarkProps = { system: { id: string; name: string; hasLogo: boolean; version: number } };

/** The logo of a system, or else its first letters, beside its name. */
export function SystemMark({ system: { id, name, hasLogo, version } }: SystemMarkProps) {
  if (!hasLogo)
    return (
      <span className="chip letters" aria-hidden="true">
        {lettersOfSystem(name)}
      </span>
    );
  return (
    <span className="chip logo">
      {/* biome-ignore lint/performance/noImgElement: 100 KB at most, made for this place and kept by the browser. */}
      <img src={`/systems/${id}/logo?v=${version}`} alt="" width={40} height={40} loading="lazy" decoding="async" />
    </span>
  );
}
