// The editor's door; what lies behind it is named by plain names, so that nothing is loaded twice.

import "./subtitles-editor.js";
