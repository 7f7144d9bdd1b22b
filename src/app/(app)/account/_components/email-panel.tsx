import { Badge } from "~/components/ui/badge";
import { Panel } from "~/components/ui/panel";

type EmailPanelProps = { readonly email: string; readonly role: "trader" | "admin"; readonly isVerified: boolean };

/** Who one is here. */
export const EmailPanel = ({ email, role, isVerified }: EmailPanelProps) => (
  <Panel
    title="E-mail"
    actions={isVerified ? <Badge tone="gain">Confirmed</Badge> : <Badge tone="warn">Not confirmed</Badge>}
  >
    <p className="break-all">{email}</p>
    {role === "admin" && <p className="mt-1 text-sm text-muted">You are an administrator.</p>}
  </Panel>
);
