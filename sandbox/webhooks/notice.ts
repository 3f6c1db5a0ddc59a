import type { ApiVersion } from "../apiVersion";
import type { Change } from "../store/changes";
import type { Workspace } from "../store/workspace";

/** What Intercom tells a subscription. */
export type Notice = readonly [topic: string, item: unknown];

/** The notices that a change of some kind causes. */
export type Notifier<What extends Change["what"]> = (
  change: Change & { what: What },
  workspace: Workspace,
  version: ApiVersion,
) => Notice[];

/** The notifier of each kind of change. */
export type Notifiers = { readonly [What in Change["what"]]: Notifier<What> };
