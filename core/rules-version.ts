/**
 * Raised where readings come to other figures than before, so that a store filled by an older version is
 * reckoned anew, and what was published by it says by which rules.
 */
export const RULES_VERSION = 3
