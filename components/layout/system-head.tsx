import { SystemMark, type SystemMarkProps } from "#components/ui/system-mark.tsx";

/** Above whatever somebody is asked on the way to a system: which one it is. */
export const SystemHead = ({ system, lead }: SystemMarkProps & { lead: string }) => (
  <p className="system-head">
    <SystemMark system={system} />
    <span>
      <span className="muted">{lead} </span>
      <strong>{system.name}</strong>
    </span>
  </p>
);
