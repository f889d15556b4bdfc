import { Icon, type IconName } from "#components/ui/icon.tsx";

type KeyArtProps = { label: string; systems: readonly { icon: IconName; name: string }[] };

/** One key, four systems. The drawing is a file of its own; the words are here, in the reader's language. */
export function KeyArt({ label, systems }: KeyArtProps) {
  return (
    <div className="art" role="img" aria-label={label}>
      <svg viewBox="0 0 560 400" aria-hidden>
        <use href="/key-art.svg#key" />
      </svg>
      {systems.map((system) => (
        <span key={system.icon}>
          <Icon name={system.icon} />
          {system.name}
        </span>
      ))}
    </div>
  );
}
