"""Files made from sound plans by damage, and what the reader's stages 1 to 4 make of them."""
