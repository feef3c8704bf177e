// Every page is whole without this; scripts only save steps.
import "./libraries.js";
import "./answers.js";
import "./autosave.js";
import "./dialogs.js";
import "./drop.js";
import "./fields.js";
import "./kept.js";
import "./keys.js";
import "./lists.js";
import "./matrix.js";
import "./offer.js";
import "./panel.js";
import "./panes.js";
import "./passkeys.js";
import "./proofread.js";
import "./submit.js";
import "./tree.js";
