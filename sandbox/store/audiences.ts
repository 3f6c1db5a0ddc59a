export interface AudienceRow {
  id: string;
  name: string;
  /** What the contacts of the audience have in common. */
  predicates: Predicate[];
  rolePredicates: Predicate[];
  createdAt: number;
}

interface Predicate {
  attribute: string;
  type: string;
  comparison: string;
  value: string;
}

const roleIs = (value: string): Predicate => ({
  attribute: "role",
  type: "role",
  comparison: "eq",
  value,
});

/** No route of the sandbox changes an audience, so the audiences are fixed. */
export const audiences: readonly AudienceRow[] = [
  {
    id: "1",
    name: "Gold customers",
    predicates: [
      { attribute: "custom_attributes.plan", type: "string", comparison: "eq", value: "gold" },
    ],
    rolePredicates: [roleIs("user")],
    createdAt: 1735689600,
  },
  {
    id: "2",
    name: "Everybody who is new",
    predicates: [],
    rolePredicates: [roleIs("lead")],
    createdAt: 1735776000,
  },
];
