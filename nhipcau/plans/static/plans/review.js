// The page's door. The rooms behind it name each other by their plain names, so that nobody is
// loaded twice: once under the name with the fingerprint that this file bears, once without.

import "./review-core.js";
