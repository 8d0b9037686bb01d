"""The Streamlit pages: the only folder, with ``app.py``, that imports streamlit."""
