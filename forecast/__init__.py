"""What past requests say of those to come: an export read and cleaned, the inflow fitted, the fit back-tested."""
